import QtQuick
import "../theme"

/* The soft shadow of something raised, stretched from one small picture: works without a graphics card. */
BorderImage {
    required property Item target
    property real radius: Theme.menuRadius
    property real blur: Theme.px(16)
    property real lift: Theme.px(4)
    property real strength: Theme.dark ? 0.35 : 0.14
    readonly property int edge: Math.ceil(radius + 2 * blur)

    anchors.fill: target
    anchors.margins: -blur
    anchors.topMargin: -blur + lift
    anchors.bottomMargin: -blur - lift
    z: -1
    border { left: edge; right: edge; top: edge; bottom: edge }
    source: "image://shadows/" + Math.round(radius) + "/" + Math.round(blur) + "/" + strength
    Accessible.ignored: true
}
