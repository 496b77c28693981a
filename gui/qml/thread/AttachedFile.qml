import QtQuick
import "../theme"
import "../controls"

/* A file that was sent along: its name and kind. */
Rectangle {
    id: file

    required property var attachment
    readonly property string name: attachment.name ?? ""
    readonly property string kind: name.includes(".") ? name.split(".").pop().toUpperCase() : qsTr("File")
    readonly property bool picture: ["PNG", "JPG", "JPEG", "GIF", "WEBP", "BMP", "SVG"].includes(kind)

    width: Math.min(Theme.px(260), Math.max(title.implicitWidth, detail.implicitWidth) + Theme.px(72))
    height: Theme.px(56)
    radius: Theme.cardRadius
    color: Theme.clear
    border.width: Theme.hairline
    border.color: Theme.border
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("Attached: %1").arg(name)

    Rectangle {
        x: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.px(40)
        height: width
        radius: Theme.rowRadius
        color: Theme.pill
        Icon {
            anchors.centerIn: parent
            name: file.picture ? "image" : file.kind === "ZIP" ? "archive" : "file"
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
        }
        Words {
            id: detail
            text: file.kind
            font: Theme.captionFont
            color: Theme.textSecondary
        }
    }
}
