import QtQuick
import QtQuick.Shapes
import "../theme"

/* How far something is, 0 to 1, as a ring; drawn anew only when the value changes. */
Item {
    id: ring

    property real value: 0
    property real size: Theme.iconSmall
    property real stroke: Theme.px(2)
    property color colour: Theme.blue
    property color track: Theme.border

    implicitWidth: size
    implicitHeight: size
    Accessible.role: Accessible.ProgressBar
    Accessible.name: Math.round(Math.max(0, Math.min(1, value)) * 100) + " %"
    Rectangle {
        anchors.fill: parent
        radius: width / 2
        color: Theme.clear
        border.width: ring.stroke
        border.color: ring.track
    }
    Shape {
        anchors.fill: parent
        ShapePath {
            strokeColor: ring.colour
            strokeWidth: ring.stroke
            fillColor: Theme.clear
            capStyle: ShapePath.RoundCap
            PathAngleArc {
                centerX: ring.width / 2
                centerY: ring.height / 2
                radiusX: (ring.width - ring.stroke) / 2
                radiusY: (ring.height - ring.stroke) / 2
                startAngle: -90
                sweepAngle: 360 * Math.max(0, Math.min(1, ring.value))
            }
        }
    }
}
