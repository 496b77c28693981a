import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* The tasks of the engine, from the header: how far each is and what may be done with it. */
Basic.Popup {
    id: popover

    property var content: ({})
    property string rowKey
    readonly property var tasks: App.tasks || null

    objectName: "tasksPopover"
    width: Math.min(Theme.px(440), parent ? parent.width - 2 * Theme.marginBase : Theme.px(440))
    padding: Theme.gapLarge
    focus: true
    closePolicy: Basic.Popup.CloseOnEscape | Basic.Popup.CloseOnPressOutside
    enter: Transition { NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.fast } }
    exit: Transition { NumberAnimation { property: "opacity"; from: 1; to: 0; duration: Theme.fast } }
    background: Item {
        Shadow { target: sheet }
        Rectangle {
            id: sheet
            anchors.fill: parent
            color: Theme.raised
            radius: Theme.menuRadius
            border.width: Theme.hairline
            border.color: Theme.borderLight
        }
    }
    contentItem: Column {
        spacing: Theme.gap
        Words {
            text: qsTr("Tasks")
            font: Theme.titleFont
        }
        Words {
            visible: rows.count === 0
            width: parent.width
            text: qsTr("Nothing is being worked on. What you ask for appears here.")
            color: Theme.textSecondary
            wrapMode: Text.Wrap
        }
        ListView {
            id: rows
            objectName: "tasksList"
            width: parent.width
            // Without a height nothing is made, and without rows there is no height.
            height: Math.min(Math.max(contentHeight, count > 0 ? Theme.px(48) : 0), Theme.px(360))
            clip: true
            model: popover.visible ? popover.tasks : null
            boundsBehavior: Flickable.StopAtBounds
            Basic.ScrollBar.vertical: SlimScrollBar {}
            delegate: TaskRow {
                width: rows.width
                tasks: popover.tasks
            }
        }
    }
}
