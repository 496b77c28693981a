import QtQuick
import "../theme"

/* A small picture with round corners. Without a graphics card nothing can be cut round, so the corners are drawn over. */
Item {
    id: thumb

    property alias source: picture.source
    readonly property bool broken: picture.status === Image.Error
    property real radius: Theme.gapLarge
    property color behind: Theme.raised

    Image {
        id: picture
        anchors.fill: parent
        fillMode: Image.PreserveAspectCrop
        asynchronous: true
        smooth: true
        Accessible.ignored: true
    }
    Rectangle {
        anchors.fill: parent
        anchors.margins: -thumb.radius / 2
        radius: thumb.radius * 1.5
        color: Theme.clear
        border.width: thumb.radius / 2
        border.color: thumb.behind
    }
    Rectangle {
        anchors.fill: parent
        radius: thumb.radius
        color: Theme.clear
        border.width: Theme.hairline
        border.color: Theme.border
    }
}
