import QtQuick
import "../theme"
import "../controls"

/* The head of a part that lies over its page: what it is, and the way back. */
Item {
    id: head

    property string title
    signal returned()

    function focusFirst() {
        back.forceActiveFocus(Qt.OtherFocusReason)
    }

    width: parent ? parent.width : 0
    height: Theme.buttonSize
    IconButton {
        id: back
        objectName: "goBack"
        anchors.verticalCenter: parent.verticalCenter
        iconName: LayoutMirroring.enabled ? "chevron-right" : "chevron-left"
        text: qsTr("Back")
        shortcut: "Esc"
        onClicked: head.returned()
    }
    Words {
        anchors.left: back.right
        anchors.leftMargin: Theme.gapSmall
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        text: head.title
        font: Theme.titleFont
        elide: Text.ElideRight
        Accessible.role: Accessible.Heading
    }
}
