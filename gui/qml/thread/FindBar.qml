import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* Finds words in this conversation. */
Rectangle {
    id: bar

    required property Item thread
    property var found: []
    property int number: 0

    function open() {
        visible = true
        input.forceActiveFocus()
        input.selectAll()
        look()
    }

    function close() {
        visible = false
        thread.foundKey = ""
        thread.forceActiveFocus()
    }

    function look() {
        found = input.text.trim() === "" ? [] : thread.conversation.find(input.text.trim())
        go(found.length)
    }

    function go(wanted) {
        const count = found.length
        number = count === 0 ? 0 : (wanted - 1 + count) % count + 1
        thread.foundKey = count === 0 ? "" : found[number - 1]
        if (count > 0)
            thread.view.show(thread.foundKey, false)
    }

    objectName: "findBar"
    width: Math.min(Theme.px(380), thread.width - 2 * Theme.padding)
    height: Theme.px(48)
    radius: Theme.cardRadius
    color: Theme.raised
    border.width: Theme.hairline
    border.color: Theme.border
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Find in this chat")
    Keys.onEscapePressed: close()

    Shadow { target: bar; radius: bar.radius }
    Basic.TextField {
        id: input
        objectName: "findText"
        x: Theme.gapLarge
        anchors.verticalCenter: parent.verticalCenter
        width: count.x - x - Theme.gap
        font: Theme.uiFont
        color: Theme.text
        placeholderText: qsTr("Find in this chat")
        placeholderTextColor: Theme.textTertiary
        selectionColor: Theme.selection
        selectedTextColor: color
        selectByMouse: true
        background: null
        Accessible.name: placeholderText
        onTextEdited: soon.restart()
        Keys.onPressed: event => {
            if (event.key !== Qt.Key_Return && event.key !== Qt.Key_Enter)
                return
            event.accepted = true
            if (soon.running) {
                soon.stop()
                bar.look()
            } else {
                bar.go(bar.number + (event.modifiers & Qt.ShiftModifier ? -1 : 1))
            }
        }
        Timer {
            id: soon
            interval: 150
            onTriggered: bar.look()
        }
    }
    Words {
        id: count
        objectName: "findCount"
        visible: text !== ""
        anchors.right: buttons.left
        anchors.rightMargin: Theme.gapSmall
        anchors.verticalCenter: parent.verticalCenter
        text: input.text === "" ? "" : bar.found.length === 0 ? qsTr("Nothing found") : qsTr("%1 of %2").arg(bar.number).arg(bar.found.length)
        font: Theme.captionFont
        color: Theme.textSecondary
    }
    Row {
        id: buttons
        anchors.right: parent.right
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        IconButton {
            objectName: "findPrevious"
            size: Theme.smallButton
            iconSize: Theme.iconSmall
            iconName: "chevron-up"
            text: qsTr("Previous place")
            enabled: bar.found.length > 0
            onClicked: bar.go(bar.number - 1)
        }
        IconButton {
            objectName: "findNext"
            size: Theme.smallButton
            iconSize: Theme.iconSmall
            iconName: "chevron-down"
            text: qsTr("Next place")
            enabled: bar.found.length > 0
            onClicked: bar.go(bar.number + 1)
        }
        IconButton {
            objectName: "findClose"
            size: Theme.smallButton
            iconSize: Theme.iconSmall
            iconName: "x"
            text: qsTr("Close")
            onClicked: bar.close()
        }
    }
}
