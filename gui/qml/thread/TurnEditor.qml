import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* A message of the person's own being changed where it stands: sending it makes a branch, nothing is overwritten. */
Rectangle {
    id: editor

    required property Item row
    readonly property Item thread: row.thread

    function cancel() {
        thread.stopEditing()
    }

    function send() {
        const words = input.text.trim()
        if (words === "")
            return
        thread.stopEditing()
        thread.conversation.edit(row.turn, words)
    }

    implicitHeight: input.height + buttons.height + 3 * Theme.gapLarge
    radius: Theme.px(24)
    color: Theme.tertiary
    Component.onCompleted: {
        input.text = row.content.text ?? ""
        input.cursorPosition = input.length
        input.forceActiveFocus()
        row.thread.view.hold(row.index, true)
    }
    Component.onDestruction: row.thread.view.hold(row.index, false)

    Basic.TextArea {
        id: input
        objectName: "turnEditor"
        x: Theme.padding
        y: Theme.gapLarge
        width: parent.width - 2 * x
        padding: 0
        background: null
        wrapMode: TextEdit.Wrap
        textFormat: TextEdit.PlainText
        font: Theme.proseFont
        color: Theme.text
        selectionColor: Theme.selection
        selectedTextColor: color
        selectByMouse: true
        KeyNavigation.priority: KeyNavigation.BeforeItem
        KeyNavigation.tab: cancelButton
        Accessible.name: qsTr("Edit your message")
        Keys.onEscapePressed: editor.cancel()
        Keys.onPressed: event => {
            const enter = event.key === Qt.Key_Return || event.key === Qt.Key_Enter
            if (enter && (event.modifiers & Qt.ControlModifier)) {
                event.accepted = true
                editor.send()
            }
        }
    }
    Row {
        id: buttons
        anchors.right: parent.right
        anchors.rightMargin: Theme.gapLarge
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.gapLarge
        spacing: Theme.gap
        PillButton {
            id: cancelButton
            objectName: "cancelEdit"
            text: qsTr("Cancel")
            onClicked: editor.cancel()
        }
        PillButton {
            objectName: "sendEdit"
            kind: "primary"
            text: qsTr("Send")
            enabled: input.text.trim() !== ""
            onClicked: editor.send()
        }
    }
}
