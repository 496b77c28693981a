import QtQuick
import "../theme"
import "../controls"

/* What today cost and how busy the computer is; a thin mark is where it becomes tight. */
Rectangle {
    id: strip

    readonly property int columns: width < Theme.px(300) ? 2 : 3

    objectName: "budgetStrip"
    implicitHeight: grid.height + 2 * Theme.gapLarge
    radius: Theme.gapLarge
    color: Theme.dark ? Theme.raised : Theme.sidebar
    border.width: Theme.hairline
    border.color: Theme.borderLight
    Grid {
        id: grid
        x: Theme.gapLarge
        y: Theme.gapLarge
        width: parent.width - 2 * x
        columns: strip.columns
        rowSpacing: Theme.gapLarge
        columnSpacing: Theme.gapLarge
        Repeater {
            model: App.budget.figures
            Item {
                id: cell
                required property var modelData
                readonly property bool tight: modelData.share > modelData.limit && modelData.limit > 0
                width: (grid.width - (strip.columns - 1) * grid.columnSpacing) / strip.columns
                height: Theme.px(44)
                Accessible.role: Accessible.Indicator
                Accessible.name: [modelData.title, modelData.value, tight ? qsTr("tight") : "", modelData.note].filter(part => part).join(", ")
                Note { id: title; text: cell.modelData.title; width: parent.width; wrapMode: Text.NoWrap; elide: Text.ElideRight; Accessible.ignored: true }
                Words {
                    id: figure
                    anchors.top: title.bottom
                    text: cell.modelData.value
                    font: Theme.monoOf(14, 600)
                    Accessible.ignored: true
                }
                Rectangle {
                    visible: cell.modelData.share >= 0
                    anchors.bottom: parent.bottom
                    width: parent.width
                    height: Theme.px(4)
                    radius: height / 2
                    color: Theme.tertiary
                    Rectangle {
                        width: parent.width * Math.max(0, cell.modelData.share)
                        height: parent.height
                        radius: parent.radius
                        color: cell.tight ? Theme.red : Theme.blue
                    }
                    Rectangle {
                        x: parent.width * cell.modelData.limit
                        y: -Theme.px(2)
                        width: Theme.hairline
                        height: parent.height + Theme.px(4)
                        color: Theme.iconSecondary
                    }
                }
                HoverHandler { id: hover }
                Tip { visible: hover.hovered && cell.modelData.note !== ""; text: cell.modelData.note }
            }
        }
    }
}
