import QtQuick
import "../theme"

/* One of our own icons, drawn sharp at any scale in the colour that is asked for. */
Image {
    id: icon

    property string name
    property color colour: Theme.icon
    property real size: Theme.iconSize

    width: size
    height: size
    sourceSize: Qt.size(Math.ceil(size), Math.ceil(size))
    source: name ? "image://icons/" + name + "/" + String(colour).replace("#", "") : ""
    fillMode: Image.PreserveAspectFit
    Accessible.ignored: true
}
