import QtQuick
import "../theme"
import "../controls"

/*
    Settings and the system board, slid in from the right. `show(tab)` opens it, an empty tab is the one it had last.
    In a wide window the rest stays usable; in others it lies behind a scrim.
*/
Item {
    id: drawer

    property bool opened: false
    property string tab: App.preferences.drawerTab
    property Item before: null
    property real away: opened ? 0 : 1
    readonly property bool overScrim: width < Theme.px(1100)
    readonly property bool wide: panel.width >= Theme.px(480)
    readonly property var tabs: [
        {id: "system", icon: "activity", text: qsTr("System"), page: "SystemPage.qml"},
        {id: "general", icon: "settings", text: qsTr("General"), page: "GeneralPage.qml"},
        {id: "providers", icon: "key", text: qsTr("Providers and keys"), page: "ProvidersPage.qml"},
        {id: "team", icon: "people", text: qsTr("Team and models"), page: "TeamPage.qml"},
        {id: "memory", icon: "memory", text: qsTr("Memory"), page: "MemoryPage.qml"},
        {id: "artifacts", icon: "package", text: qsTr("Builds and artifacts"), page: "ArtifactsPage.qml"},
        {id: "privacy", icon: "shield", text: qsTr("Privacy and consent"), page: "PrivacyPage.qml"},
        {id: "reports", icon: "report", text: qsTr("Reports"), page: "ReportsPage.qml"},
        {id: "about", icon: "info", text: qsTr("About"), page: "AboutPage.qml"},
    ]
    readonly property var chosen: tabs.find(item => item.id === tab) || tabs[0]
    readonly property Item memoryPage: opened && chosen.id === "memory" ? page.item : null
    signal closed()

    objectName: "drawer"
    visible: away < 1
    enabled: opened

    Behavior on away {
        NumberAnimation { duration: Theme.slide; easing.type: Easing.OutCubic }
    }

    function show(wanted) {
        if (wanted)
            choose(wanted)
        if (!opened) {
            before = Window.activeFocusItem
            opened = true
        }
        Qt.callLater(focusTab)
    }

    function hide() {
        if (!opened)
            return
        opened = false
        if (before && before.visible)
            before.forceActiveFocus(Qt.PopupFocusReason)
        closed()
    }

    function toggle(wanted) {
        if (opened && (!wanted || wanted === tab))
            hide()
        else
            show(wanted)
    }

    function choose(wanted, reason = Qt.OtherFocusReason) {
        const place = tabs.findIndex(item => item.id === wanted)
        if (place < 0)
            return
        // The focus goes first: a tab that has it cannot leave the order of the Tab key.
        for (let number = 0; number < buttons.count; ++number)
            if (buttons.itemAt(number).activeFocus)
                buttons.itemAt(place).forceActiveFocus(reason)
        App.preferences.put("drawerTab", wanted)
    }

    function focusTab() {
        const button = buttons.itemAt(tabs.indexOf(chosen))
        if (button)
            button.forceActiveFocus(Qt.OtherFocusReason)
    }

    Connections {
        target: App.board
        function onAlarmed(text) { App.desktop.tray.notify("MultiCoder", text) }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.scrim
        visible: drawer.overScrim
        opacity: 1 - drawer.away
        MouseArea {
            objectName: "drawerScrim"
            anchors.fill: parent
            enabled: drawer.overScrim && drawer.opened
            hoverEnabled: enabled
            onClicked: drawer.hide()
            onWheel: wheel => wheel.accepted = true
            Accessible.ignored: true
        }
    }
    FocusScope {
        id: panel
        objectName: "drawerPanel"
        width: Math.min(Theme.px(480), drawer.width - Theme.px(48))
        height: parent.height
        x: LayoutMirroring.enabled ? -width * drawer.away : drawer.width - width * (1 - drawer.away)
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Settings and system")
        Keys.onEscapePressed: drawer.hide()
        Rectangle {
            anchors.fill: parent
            color: Theme.page
            Rectangle { anchors.left: parent.left; width: Theme.hairline; height: parent.height; color: Theme.border }
            // What is under the drawer must not be scrolled or pressed through it.
            MouseArea { anchors.fill: parent; hoverEnabled: true; onWheel: wheel => wheel.accepted = true; Accessible.ignored: true }
        }
        Item {
            id: top
            width: parent.width
            height: Theme.headerHeight
            Words {
                objectName: "drawerTitle"
                anchors.left: parent.left
                anchors.leftMargin: Theme.padding
                anchors.right: close.left
                anchors.rightMargin: Theme.gap
                anchors.verticalCenter: parent.verticalCenter
                text: drawer.chosen.text
                font: Theme.fontOf(18, 600)
                elide: Text.ElideRight
                Accessible.role: Accessible.Heading
            }
            IconButton {
                id: close
                objectName: "drawerClose"
                anchors.right: parent.right
                anchors.rightMargin: Theme.gap
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("Close")
                shortcut: "Esc"
                iconName: "x"
                onClicked: drawer.hide()
            }
            Rectangle {
                anchors.bottom: parent.bottom
                width: parent.width
                height: Theme.hairline
                color: Theme.borderLight
            }
        }
        Flow {
            id: strip
            objectName: "drawerTabs"
            anchors.top: top.bottom
            anchors.topMargin: Theme.gapSmall
            anchors.left: parent.left
            anchors.leftMargin: Theme.gapSmall
            width: drawer.wide ? Theme.px(44) : panel.width - 2 * Theme.gapSmall
            spacing: Theme.gapSmall
            Accessible.role: Accessible.PageTabList
            Accessible.name: qsTr("Pages")
            Repeater {
                id: buttons
                model: drawer.tabs
                IconButton {
                    id: button
                    required property var modelData
                    required property int index
                    readonly property bool chosen: drawer.chosen.id === modelData.id
                    objectName: "drawerTab_" + modelData.id
                    size: Theme.px(40)
                    text: modelData.text
                    iconName: modelData.icon
                    checkedLook: chosen
                    tipBeside: drawer.wide
                    colour: chosen ? Theme.icon : Theme.iconSecondary
                    activeFocusOnTab: chosen
                    Accessible.role: Accessible.PageTab
                    Accessible.selected: chosen
                    onClicked: drawer.choose(modelData.id)
                    Keys.onPressed: event => {
                        const step = ({[Qt.Key_Down]: 1, [Qt.Key_Right]: 1, [Qt.Key_Up]: -1, [Qt.Key_Left]: -1})[event.key]
                        if (!step)
                            return
                        event.accepted = true
                        drawer.choose(drawer.tabs[(index + step + buttons.count) % buttons.count].id, Qt.TabFocusReason)
                    }
                }
            }
        }
        Rectangle {
            visible: drawer.wide
            anchors.top: top.bottom
            anchors.bottom: parent.bottom
            anchors.left: strip.right
            anchors.leftMargin: Theme.gapSmall
            width: Theme.hairline
            color: Theme.borderLight
        }
        Loader {
            id: page
            objectName: "drawerPage"
            anchors.top: drawer.wide ? top.bottom : strip.bottom
            anchors.bottom: parent.bottom
            anchors.right: parent.right
            width: drawer.wide ? panel.width - strip.width - 2 * Theme.gapSmall - Theme.hairline : panel.width
            active: drawer.visible
            asynchronous: true
            source: drawer.chosen.page
        }
    }
}
