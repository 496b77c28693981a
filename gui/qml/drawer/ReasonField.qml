import QtQuick
import "../theme"
import "../controls"

/* Asks for the reason without which the guard takes no decision. */
Dialog {
    id: dialog

    property string question
    property string verb: qsTr("Confirm")
    signal given(string reason)

    widest: Theme.px(460)
    onOpened: { field.text = ""; field.input.forceActiveFocus() }
    Words { width: parent.width; text: dialog.question; wrapMode: Text.Wrap; visible: text !== "" }
    Field {
        id: field
        objectName: "reasonField"
        width: parent.width
        label: qsTr("Reason")
        onAccepted: send.clicked()
    }
    actions: [
        PillButton { text: qsTr("Cancel"); onClicked: dialog.close() },
        PillButton {
            id: send
            objectName: "reasonSend"
            text: dialog.verb
            kind: "primary"
            enabled: field.text.trim() !== ""
            onClicked: if (enabled) { dialog.close(); dialog.given(field.text.trim()) }
        }
    ]
}
