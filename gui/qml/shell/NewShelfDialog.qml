import QtQuick
import "../theme"
import "../controls"

/* The name of a new project, with a chat that is to stand in it or without one. */
Dialog {
    id: dialog

    property string sessionId

    function save() {
        const wished = field.text.trim()
        if (wished === "")
            return
        App.chats.shelves.create(wished, sessionId)
        close()
    }

    objectName: "newShelfDialog"
    title: qsTr("New project")
    widest: Theme.px(448)
    onOpened: {
        field.input.clear()
        field.input.forceActiveFocus()
    }
    Field {
        id: field
        objectName: "newShelfName"
        width: parent.width
        placeholder: qsTr("Name of the project")
        input.maximumLength: 100
        onAccepted: dialog.save()
    }
    Words {
        width: parent.width
        wrapMode: Text.Wrap
        color: Theme.textSecondary
        text: qsTr("A project keeps chats about one thing together. Programs stay where they were put.")
    }
    actions: [
        PillButton {
            text: qsTr("Cancel")
            onClicked: dialog.close()
        },
        PillButton {
            objectName: "newShelfCreate"
            kind: "primary"
            text: qsTr("Create")
            enabled: field.text.trim() !== ""
            onClicked: dialog.save()
        }
    ]
}
