import QtQuick
import "../theme"
import "../controls"

/* Asks before a project of the list is deleted, and says that its chats stay. */
Dialog {
    id: dialog

    property string shelf
    property string name
    property int count

    objectName: "deleteShelfDialog"
    title: qsTr("Delete this project?")
    widest: Theme.px(448)
    Words {
        width: parent.width
        wrapMode: Text.Wrap
        text: qsTr("“%1” will leave the list.").arg(dialog.name)
            + (dialog.count > 0 ? " " + qsTr("%n chat(s) of it stay and go back to the others.", "", dialog.count) : "")
    }
    actions: [
        PillButton {
            objectName: "deleteShelfCancel"
            text: qsTr("Cancel")
            focus: true
            onClicked: dialog.close()
        },
        PillButton {
            objectName: "deleteShelfConfirm"
            kind: "danger"
            text: qsTr("Delete")
            onClicked: {
                App.chats.shelves.remove(dialog.shelf)
                dialog.close()
            }
        }
    ]
}
