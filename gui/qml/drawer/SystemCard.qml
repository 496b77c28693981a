import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* One system: its name, light and word, main figure, the last looks and how old the newest is. */
Basic.AbstractButton {
    id: card

    required property var model
    property bool near: true
    readonly property real radius: Theme.gapLarge
    property bool seen: false
    readonly property string identity: model.id

    objectName: "systemCard"
    implicitHeight: Theme.px(116)
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    text: model.name
    Accessible.name: [model.name, lamp.word, model.evidence, model.age].filter(part => part).join(", ")
    Accessible.role: Accessible.Button
    onNearChanged: if (near) seen = true
    Component.onCompleted: if (near) seen = true
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    background: Rectangle {
        radius: card.radius
        color: card.hovered ? Theme.tertiary : Theme.dark ? Theme.raised : Theme.sidebar
        border.width: Theme.hairline
        border.color: card.model.state === "down" ? Theme.red : Theme.borderLight
        FocusRing { target: card }
    }
    contentItem: Item {
        Words {
            id: title
            x: Theme.gapLarge
            y: Theme.px(10)
            width: parent.width - 2 * x
            text: card.model.name
            font: Theme.uiMedium
            elide: Text.ElideRight
            Accessible.ignored: true
        }
        Lamp {
            id: lamp
            anchors.left: title.left
            anchors.top: title.bottom
            anchors.topMargin: Theme.px(6)
            light: card.model.state
        }
        Note {
            anchors.left: lamp.right
            anchors.leftMargin: Theme.px(6)
            anchors.verticalCenter: lamp.verticalCenter
            text: lamp.word
            Accessible.ignored: true
        }
        Words {
            anchors.right: title.right
            anchors.verticalCenter: lamp.verticalCenter
            text: card.model.figure
            font: Theme.monoOf(13)
            Accessible.ignored: true
        }
        Spark {
            id: spark
            anchors.left: title.left
            anchors.bottom: age.top
            anchors.bottomMargin: Theme.gapSmall
            width: Math.min(implicitWidth, title.width)
            history: card.seen ? card.model.history : []
            Accessible.ignored: true
        }
        Note {
            id: age
            anchors.left: title.left
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.gap
            text: card.model.age
            font: Theme.fontOf(11)
            Accessible.ignored: true
        }
    }
}
