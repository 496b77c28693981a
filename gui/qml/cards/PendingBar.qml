import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* Above the composer while a card waits somewhere in the thread: one line and the way to it. */
Basic.AbstractButton {
    id: bar

    property var content: ({})
    property string rowKey: App.conversation ? App.conversation.waiting : ""
    readonly property real radius: Theme.cardRadius
    readonly property string level: content.card && content.card.verdict ? content.card.verdict.level || "" : ""
    signal wanted(string rowKey)

    objectName: "pendingBar"
    visible: rowKey !== ""
    implicitHeight: visible ? Theme.px(44) : 0
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    text: content.card && content.card.kind === "hold" ? qsTr("The run stopped and waits for you")
        : content.card && content.card.kind === "questions" ? qsTr("There are questions for you")
        : content.card && content.card.kind === "purpose" ? qsTr("There is a question for you")
        : qsTr("Your decision is needed")
    Accessible.role: Accessible.Button
    Accessible.name: text
    onClicked: wanted(rowKey)
    Keys.onReturnPressed: clicked()
    background: Rectangle {
        radius: bar.radius
        color: Theme.raised
        border.width: Theme.hairline
        border.color: Theme.border
        Rectangle {
            anchors.fill: parent
            radius: parent.radius
            color: bar.down ? Theme.press : bar.hovered ? Theme.hover : Theme.clear
        }
        FocusRing { target: bar }
    }
    contentItem: Item {
        Icon {
            x: Theme.padding
            anchors.verticalCenter: parent.verticalCenter
            name: bar.level === "red" ? "x" : "question"
            size: Theme.iconSmall
            colour: bar.level === "red" ? Theme.errorInk : Theme.yellowInk
        }
        Words {
            x: Theme.px(42)
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - x - show.width - 2 * Theme.padding
            text: bar.text
            font: Theme.uiMedium
            elide: Text.ElideRight
            Accessible.ignored: true
        }
        Words {
            id: show
            anchors.right: parent.right
            anchors.rightMargin: Theme.padding
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("Show")
            color: Theme.textSecondary
            Accessible.ignored: true
        }
    }
    HoverHandler { cursorShape: Qt.PointingHandCursor }
}
