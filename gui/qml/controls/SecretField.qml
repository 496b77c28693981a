import QtQuick
import "../theme"

/* One line for a key or passphrase: hidden while it is typed, shown only as long as the person wants to see it. */
Item {
    id: secret

    property alias text: field.text
    property alias label: field.label
    property alias input: field.input
    property alias problem: field.problem
    signal accepted()

    function clear() {
        field.text = ""
        reveal.checkedLook = false
    }

    implicitHeight: field.implicitHeight
    Field {
        id: field
        width: parent.width - reveal.width - Theme.gapSmall
        echoMode: reveal.checkedLook ? TextInput.Normal : TextInput.Password
        input.inputMethodHints: Qt.ImhSensitiveData | Qt.ImhNoPredictiveText | Qt.ImhNoAutoUppercase
        onAccepted: secret.accepted()
    }
    IconButton {
        id: reveal
        objectName: "reveal"
        anchors.right: parent.right
        y: field.input.y + (field.input.height - height) / 2
        iconName: "eye"
        text: checkedLook ? qsTr("Hide what is typed") : qsTr("Show what is typed")
        onClicked: checkedLook = !checkedLook
    }
}
