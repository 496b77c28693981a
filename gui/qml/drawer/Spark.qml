import QtQuick
import "../theme"
import "../controls"

/* The last looks at a system as bars, the newest at the right: as high as the look was slow, coloured as it ended. */
Item {
    id: spark

    property var history: []
    readonly property var delays: history.map(item => item[1])
    readonly property int slowest: delays.length ? Math.max(...delays) : 0
    readonly property int quickest: delays.length ? Math.min(...delays) : 0
    readonly property real step: width / 60

    implicitWidth: Theme.px(120)
    implicitHeight: Theme.px(28)
    Accessible.role: Accessible.Chart
    Accessible.name: delays.length ? qsTr("Last looks: %1 to %2 ms").arg(quickest).arg(slowest) : qsTr("No looks yet")

    function colourOf(light) {
        return light === "ok" ? Theme.iconTertiary : light === "degraded" ? Theme.yellow
            : light === "down" ? Theme.red : Theme.border
    }

    Repeater {
        model: spark.history
        Rectangle {
            required property var modelData
            required property int index
            x: (60 - spark.history.length + index) * spark.step
            width: Math.max(Theme.hairline, spark.step - Theme.hairline)
            height: Math.max(Theme.px(2), spark.height * (spark.slowest ? modelData[1] / spark.slowest : 0))
            y: spark.height - height
            color: spark.colourOf(modelData[0])
        }
    }
    HoverHandler { id: hover }
    Tip {
        visible: hover.hovered && spark.delays.length > 0
        text: qsTr("min %1 ms, max %2 ms").arg(spark.quickest).arg(spark.slowest)
    }
}
