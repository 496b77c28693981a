import QtQuick
import "../theme"
import "../controls"

/* Asks before something that cannot be taken back. */
Dialog {
    id: dialog

    property string question
    property string verb
    signal agreed()

    widest: Theme.px(448)
    Words { width: parent.width; wrapMode: Text.Wrap; text: dialog.question }
    actions: [
        PillButton { objectName: "confirmCancel"; text: qsTr("Cancel"); focus: true; onClicked: dialog.close() },
        PillButton {
            objectName: "confirmAgree"
            kind: "danger"
            text: dialog.verb
            onClicked: { dialog.close(); dialog.agreed() }
        }
    ]
}
