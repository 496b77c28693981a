import QtQuick
import "../theme"
import "../controls"

/* A label and what is chosen for it; below each other where the line is too short. */
Flow {
    id: choice

    property alias label: caption.text
    default property alias control: holder.data
    readonly property bool fits: caption.implicitWidth + holder.width + Theme.padding <= width

    spacing: Theme.gap
    Item {
        width: choice.fits ? choice.width - holder.width - choice.spacing : choice.width
        height: choice.fits ? holder.height : caption.implicitHeight
        Words {
            id: caption
            anchors.left: parent.left
            anchors.verticalCenter: parent.verticalCenter
            font: Theme.uiMedium
        }
    }
    Item {
        id: holder
        width: childrenRect.width
        height: childrenRect.height
    }
}
