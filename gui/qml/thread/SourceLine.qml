import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* One source: its number, its title and where it leads. A click asks before it leaves; the button opens what was kept. */
Item {
    id: line

    property var source: ({})
    readonly property string title: source.title || source.host || ""
    readonly property bool stacked: width < Theme.px(480)
    readonly property bool leads: (source.address || "") !== ""
    readonly property bool kept: (source.places || []).length > 0
    readonly property bool careful: (source.disguised || []).length > 0

    objectName: "citedSource"
    implicitHeight: link.height

    Basic.AbstractButton {
        id: link
        objectName: "sourceLink"
        readonly property real radius: Theme.rowRadius
        x: -Theme.gapSmall
        width: parent.width - x - (copy.visible ? copy.width + Theme.gapSmall : 0)
        height: Math.max(Theme.rowHeight, words.height + Theme.px(10))
        enabled: line.leads
        focusPolicy: Qt.StrongFocus
        hoverEnabled: true
        Accessible.role: line.leads ? Accessible.Link : Accessible.StaticText
        Accessible.name: [qsTr("Source %1").arg(line.source.number ?? ""), line.title, line.source.host || "", warning.text]
            .filter(text => text).join(", ")
        onClicked: App.links.follow(line.source.address)
        Keys.onReturnPressed: clicked()
        Keys.onEnterPressed: clicked()
        background: Rectangle {
            radius: link.radius
            color: link.down ? Theme.press : link.hovered ? Theme.hover : Theme.clear
            FocusRing { target: link }
        }
        contentItem: Item {
            Rectangle {
                id: badge
                x: Theme.gapSmall
                y: line.stacked || line.careful ? Theme.px(6) : (parent.height - height) / 2
                width: Math.max(height, number.implicitWidth + Theme.px(10))
                height: Theme.px(22)
                radius: height / 2
                color: Theme.tertiary
                Words {
                    id: number
                    objectName: "sourceNumber"
                    anchors.centerIn: parent
                    text: String(line.source.number ?? "")
                    font: Theme.captionStrong
                    Accessible.ignored: true
                }
            }
            Column {
                id: words
                x: badge.x + badge.width + Theme.gap
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - x - Theme.gap
                Row {
                    width: parent.width
                    spacing: Theme.gap
                    Words {
                        id: title
                        objectName: "sourceTitle"
                        width: Math.min(implicitWidth, parent.width - (line.stacked ? 0 : Math.min(host.implicitWidth, parent.width * 0.4) + parent.spacing))
                        text: line.title
                        font: Theme.uiFont
                        color: line.leads ? Theme.text : Theme.textSecondary
                        elide: Text.ElideRight
                        Accessible.ignored: true
                    }
                    Words {
                        id: host
                        objectName: "sourceHost"
                        visible: !line.stacked
                        anchors.verticalCenter: title.verticalCenter
                        width: Math.min(implicitWidth, parent.width * 0.4)
                        text: line.source.host || ""
                        font: Theme.captionFont
                        color: Theme.textSecondary
                        elide: Text.ElideLeft
                        Accessible.ignored: true
                    }
                }
                Words {
                    visible: line.stacked
                    width: parent.width
                    text: line.source.host || ""
                    font: Theme.captionFont
                    color: Theme.textSecondary
                    elide: Text.ElideLeft
                    Accessible.ignored: true
                }
                Words {
                    id: warning
                    objectName: "sourceWarning"
                    visible: line.careful
                    width: parent.width
                    text: line.careful ? qsTr("Careful: letters of different alphabets that look alike: %1").arg(line.source.disguised.join(", ")) : ""
                    font: Theme.captionFont
                    color: Theme.yellowInk
                    wrapMode: Text.Wrap
                    maximumLineCount: 2
                    elide: Text.ElideRight
                    Accessible.ignored: true
                }
            }
        }
        HoverHandler {
            enabled: line.leads
            cursorShape: Qt.PointingHandCursor
        }
        Tip {
            visible: (link.hovered || link.visualFocus) && text !== ""
            text: (line.source.shown || "").slice(0, 300)
            width: Math.min(implicitWidth, line.width)
            y: link.height
        }
    }
    IconButton {
        id: copy
        objectName: "sourceKept"
        visible: line.kept
        anchors.right: parent.right
        anchors.verticalCenter: link.verticalCenter
        size: Theme.smallButton
        iconSize: Theme.iconSmall
        colour: Theme.iconSecondary
        iconName: "file"
        text: qsTr("Open the kept copy, %1").arg(line.source.lines || "")
        onClicked: App.links.follow("cite:" + line.source.places[0])
    }
}
