import QtQuick
import "../../theme"

/* A line across. */
Item {
    property var block

    objectName: "ruleBlock"
    implicitHeight: Theme.padding + Theme.hairline
    Accessible.role: Accessible.Separator
    Rectangle {
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width
        height: Theme.hairline
        color: Theme.border
    }
}
