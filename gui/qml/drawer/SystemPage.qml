import QtQuick
import "../theme"
import "../controls"

/* The control room: the state of all systems, the paranoid tester, what was spent, and everything that happened. */
Item {
    id: page

    readonly property int columns: width < Theme.px(420) ? 1 : 2

    objectName: "systemPage"
    Component.onCompleted: { App.board.watch(true); App.budget.watch(true) }
    Component.onDestruction: { App.board.watch(false); App.budget.watch(false) }

    PageColumn {
        id: scroller
        objectName: "systemScroller"
        anchors.fill: parent
        enabled: !sheet.shown
        StateBanner { width: parent.width }
        Note {
            visible: text !== ""
            width: parent.width
            text: App.link.problem
            color: Theme.errorInk
        }
        AlarmList { width: parent.width }
        Problem { asking: App.board.asking }
        BudgetStrip { width: parent.width }
        SectionTitle { text: qsTr("Systems") }
        Note {
            visible: App.board.systems.count === 0
            width: parent.width
            text: qsTr("The engine has not told anything yet.")
        }
        Grid {
            id: grid
            objectName: "systemGrid"
            width: parent.width
            columns: page.columns
            spacing: Theme.gap
            Repeater {
                model: App.board.systems
                SystemCard {
                    id: card
                    width: (grid.width - (page.columns - 1) * grid.spacing) / page.columns
                    near: y + grid.y + height > scroller.contentY && y + grid.y < scroller.contentY + scroller.height
                    onClicked: { sheet.from = card; sheet.show(identity) }
                }
            }
        }
        ParanoidBlock { width: parent.width }
        EventLog { width: parent.width }
    }
    SystemSheet {
        id: sheet
        property Item from: null
        anchors.fill: parent
        onShownChanged: if (!shown && from) from.forceActiveFocus(Qt.TabFocusReason)
    }
}
