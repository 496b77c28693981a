import QtQuick
import "../theme"
import "../controls"

/* Asks before a chat is deleted, and names it. */
Dialog {
    id: dialog

    property string sessionId
    property string chatTitle

    objectName: "deleteDialog"
    title: qsTr("Delete this chat?")
    widest: Theme.px(448)
    Words {
        width: parent.width
        wrapMode: Text.Wrap
        text: qsTr("“%1” will leave the list, and what still works in it is stopped. Programs it has made stay in their folder.")
            .arg(dialog.chatTitle || qsTr("New chat"))
    }
    actions: [
        PillButton {
            objectName: "deleteCancel"
            text: qsTr("Cancel")
            focus: true
            onClicked: dialog.close()
        },
        PillButton {
            objectName: "deleteConfirm"
            kind: "danger"
            text: qsTr("Delete")
            onClicked: {
                App.chats.remove(dialog.sessionId)
                dialog.close()
            }
        }
    ]
}
