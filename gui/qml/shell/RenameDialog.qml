import QtQuick
import "../theme"
import "../controls"

/* Another title for the open chat. */
Dialog {
    id: dialog

    property string sessionId
    property string chatTitle

    function save() {
        const wished = field.text.trim()
        if (wished !== "" && wished !== chatTitle)
            App.chats.rename(sessionId, wished)
        close()
    }

    objectName: "renameDialog"
    title: qsTr("Rename the chat")
    widest: Theme.px(448)
    onOpened: {
        field.text = chatTitle
        field.input.forceActiveFocus()
        field.input.selectAll()
    }
    Field {
        id: field
        width: parent.width
        placeholder: qsTr("Title of the chat")
        onAccepted: dialog.save()
    }
    actions: [
        PillButton {
            text: qsTr("Cancel")
            onClicked: dialog.close()
        },
        PillButton {
            kind: "primary"
            text: qsTr("Save")
            enabled: field.text.trim() !== ""
            onClicked: dialog.save()
        }
    ]
}
