import QtQuick
import "../theme"
import "../controls"

/* What the last wish of the person ran into, in words, until it is dismissed. */
Rectangle {
    id: problem

    required property QtObject asking

    objectName: "problem"
    visible: asking !== null && asking.problem !== ""
    width: parent ? parent.width : 0
    implicitHeight: words.implicitHeight + 2 * Theme.gapLarge
    radius: Theme.rowRadius
    color: Theme.error
    border.width: Theme.hairline
    border.color: Theme.errorBorder
    Accessible.role: Accessible.AlertMessage
    Accessible.name: words.text
    Words {
        id: words
        x: Theme.gapLarge
        y: Theme.gapLarge
        width: parent.width - x - dismiss.width - Theme.gap
        text: problem.asking ? problem.asking.problem : ""
        color: Theme.errorInk
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
    IconButton {
        id: dismiss
        anchors.right: parent.right
        anchors.rightMargin: Theme.gapSmall
        anchors.verticalCenter: parent.verticalCenter
        size: Theme.smallButton
        iconSize: Theme.iconSmall
        colour: Theme.errorInk
        text: qsTr("Dismiss")
        iconName: "x"
        onClicked: problem.asking.forget()
    }
}
