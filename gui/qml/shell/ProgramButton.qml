import QtQuick
import "../theme"
import "../controls"

/* The program's own sign as a button; on the rail it turns into the sign for opening the sidebar. */
IconButton {
    id: button

    property bool opensSidebar: false

    iconName: opensSidebar && (hovered || visualFocus) ? "panel" : ""
    Image {
        anchors.centerIn: parent
        visible: button.iconName === ""
        width: Theme.iconLarge
        height: Theme.iconLarge
        sourceSize: Qt.size(Math.ceil(width), Math.ceil(height))
        source: "../../assets/multicoder.svg"
        Accessible.ignored: true
    }
}
