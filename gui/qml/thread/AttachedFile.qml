import QtQuick
import "../theme"
import "../controls"

/* A file that was sent along: a picture as itself, anything else by its name and kind. */
Item {
    id: file

    required property var attachment
    readonly property string name: attachment.name ?? ""
    readonly property string kind: name.includes(".") ? name.split(".").pop().toUpperCase() : qsTr("File")
    readonly property string thumb: App.thumbs.address(attachment.sha256 ?? "")
    readonly property bool pictured: thumb !== "" && !picture.broken

    width: pictured ? picture.width : chip.width
    height: pictured ? picture.height : chip.height
    Accessible.role: pictured ? Accessible.Graphic : Accessible.StaticText
    Accessible.name: qsTr("Attached: %1").arg(name)

    Thumb {
        id: picture
        objectName: "sentPicture"
        visible: file.pictured
        width: Theme.px(120)
        height: width
        radius: Theme.cardRadius
        behind: Theme.page
        source: file.thumb
    }
    Rectangle {
        id: chip
        objectName: "sentFile"
        visible: !file.pictured
        width: Math.min(Theme.px(260), Math.max(title.implicitWidth, detail.implicitWidth) + Theme.px(72))
        height: Theme.px(56)
        radius: Theme.cardRadius
        color: Theme.clear
        border.width: Theme.hairline
        border.color: Theme.border

        Rectangle {
            x: Theme.gap
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.px(40)
            height: width
            radius: Theme.rowRadius
            color: Theme.pill
            Icon {
                anchors.centerIn: parent
                name: file.kind === "ZIP" ? "archive" : ["PNG", "JPG", "JPEG", "GIF", "WEBP", "BMP", "SVG"].includes(file.kind) ? "image" : "file"
                colour: Theme.pillInk
            }
        }
        Column {
            x: Theme.px(58)
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - x - Theme.gapLarge
            Words {
                id: title
                width: Math.min(implicitWidth, parent.width)
                text: file.name
                font: Theme.uiMedium
                elide: Text.ElideMiddle
                Accessible.ignored: true
            }
            Words {
                id: detail
                text: file.kind
                font: Theme.captionFont
                color: Theme.textSecondary
                Accessible.ignored: true
            }
        }
    }
    HoverHandler { id: hover }
    Tip {
        visible: hover.hovered && file.pictured
        text: file.name
    }
}
