import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* Everything about one system, over the page it was opened from. */
FocusScope {
    id: sheet

    property string system
    property var facts: ({})
    readonly property bool shown: system !== ""

    objectName: "systemSheet"
    visible: shown
    Accessible.role: Accessible.Dialog
    Accessible.name: facts.name || ""
    Keys.onEscapePressed: close()

    function show(name) {
        system = name
        facts = App.board.system(name)
        App.board.events.show_system(name)
        back.forceActiveFocus(Qt.TabFocusReason)
    }

    function close() {
        system = ""
    }

    Connections {
        target: sheet.shown ? App.board.systems : null
        function onDataChanged() { sheet.facts = App.board.system(sheet.system) }
    }
    Rectangle {
        anchors.fill: parent
        color: Theme.page
        MouseArea { anchors.fill: parent; hoverEnabled: true; onWheel: wheel => wheel.accepted = true }
    }
    Item {
        id: top
        width: parent.width
        height: Theme.headerHeight
        IconButton {
            id: back
            objectName: "sheetBack"
            x: Theme.gap
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("Back")
            iconName: "chevron-left"
            onClicked: sheet.close()
        }
        Words {
            anchors.left: back.right
            anchors.leftMargin: Theme.gapSmall
            anchors.right: parent.right
            anchors.rightMargin: Theme.padding
            anchors.verticalCenter: parent.verticalCenter
            text: sheet.facts.name || ""
            font: Theme.titleFont
            elide: Text.ElideRight
        }
    }
    PageColumn {
        anchors.top: top.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        Row {
            spacing: Theme.gap
            Lamp {
                id: lamp
                anchors.verticalCenter: parent.verticalCenter
                light: sheet.facts.state || "unknown"
                size: Theme.iconSmall
            }
            Words {
                text: sheet.facts.sinceText ? qsTr("%1 since %2").arg(lamp.word).arg(sheet.facts.sinceText) : lamp.word
                font: Theme.titleFont
            }
        }
        Words {
            objectName: "sheetEvidence"
            width: parent.width
            text: sheet.facts.evidence || ""
            wrapMode: Text.Wrap
        }
        Rectangle {
            visible: (sheet.facts.action || "") !== ""
            width: parent.width
            height: advice.implicitHeight + 2 * Theme.gapLarge
            radius: Theme.rowRadius
            color: Theme.warning
            border.width: Theme.hairline
            border.color: Theme.warningBorder
            Words {
                id: advice
                x: Theme.gapLarge
                y: Theme.gapLarge
                width: parent.width - 2 * x
                text: sheet.facts.action || ""
                wrapMode: Text.Wrap
            }
        }
        Spark {
            width: parent.width
            height: Theme.px(56)
            history: sheet.facts.history || []
        }
        SectionTitle { text: qsTr("Limits") }
        Words {
            objectName: "sheetLimits"
            visible: text !== ""
            width: parent.width
            text: sheet.facts.limits || ""
            wrapMode: Text.Wrap
        }
        Note {
            width: parent.width
            text: qsTr("Looked at every %1 s. A look that takes longer than %2 s is a fault; after %3 s without one there is “No data”. It gets worse at once and better after three good looks.")
                .arg(sheet.facts.period || 0).arg(sheet.facts.timeout || 0).arg(3 * (sheet.facts.period || 0))
        }
        Row {
            spacing: Theme.gap
            PillButton {
                objectName: "restartSystem"
                visible: sheet.facts.restartable === true
                text: qsTr("Restart")
                iconName: "retry"
                onClicked: App.tasks.running > 0 ? confirm.open() : App.board.restart(sheet.system)
            }
            PillButton {
                objectName: "probeSystem"
                text: qsTr("Look now")
                iconName: "refresh"
                onClicked: App.board.probe(sheet.system)
            }
        }
        Problem { asking: App.board.asking }
        SectionTitle { text: qsTr("Last events") }
        Note {
            visible: App.board.events.count === 0
            text: App.board.events.cleared ? qsTr("Nothing has happened since the list was cleared.") : qsTr("Nothing has happened to this system yet.")
        }
        Repeater {
            model: App.board.events
            Column {
                id: event
                required property var model
                width: parent ? parent.width : 0
                spacing: Theme.px(2)
                Note { text: event.model.time + "  " + event.model.name; font: Theme.logFont }
                Words { width: parent.width; text: event.model.text; font: Theme.captionFont; wrapMode: Text.Wrap }
            }
        }
        Flow {
            width: parent.width
            spacing: Theme.gap
            PillButton {
                objectName: "olderEvents"
                visible: App.board.events.more
                text: qsTr("Show older")
                onClicked: App.board.events.older()
            }
            PillButton {
                objectName: "clearEvents"
                visible: App.board.events.count > 0
                kind: "ghost"
                text: qsTr("Clear this list")
                onClicked: App.board.events.clear()
            }
            PillButton {
                objectName: "allEvents"
                visible: App.board.events.cleared
                text: qsTr("Show all")
                onClicked: App.board.events.show_all()
            }
        }
        Note {
            visible: App.board.events.count > 0 || App.board.events.cleared
            width: parent.width
            text: qsTr("Clearing hides what happened so far from this list only. The journal is proof and keeps everything.")
        }
    }
    Dialog {
        id: confirm
        title: qsTr("Restart while tasks run?")
        widest: Theme.px(420)
        Words {
            width: parent.width
            wrapMode: Text.Wrap
            text: qsTr("%n task(s) are running. What is finished is kept; a task that needs this system waits until it is back.", "", App.tasks.running)
        }
        actions: [
            PillButton { text: qsTr("Cancel"); onClicked: confirm.close() },
            PillButton {
                objectName: "confirmRestart"
                text: qsTr("Restart")
                kind: "primary"
                onClicked: { confirm.close(); App.board.restart(sheet.system) }
            }
        ]
    }
}
