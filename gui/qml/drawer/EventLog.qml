import QtQuick
import QtQuick.Controls.Basic as Basic
import QtQuick.Dialogs
import "../theme"
import "../controls"

/* The event log: filters above, then rows of one height, of which only those in sight exist. */
Column {
    id: log

    readonly property real rowHeight: Theme.px(18)
    property int opened: -1
    readonly property var riskWords: ({
        "none": qsTr("All"), "low": qsTr("Low risk and up"), "medium": qsTr("Medium and up"), "high": qsTr("High only"),
    })

    spacing: Theme.gap
    Component.onCompleted: App.events.watch(true)
    Component.onDestruction: App.events.watch(false)

    function inkOf(type, risk) {
        return risk === "high" || type === "ERROR" ? Theme.errorInk : risk === "medium" ? Theme.warningInk : Theme.alpha(Theme.text, 0.7)
    }

    Item {
        width: parent.width
        height: Theme.buttonSize
        SectionTitle { text: qsTr("Event log"); topPadding: 0; anchors.verticalCenter: parent.verticalCenter }
        Row {
            anchors.right: parent.right
            spacing: Theme.gapSmall
            IconButton {
                objectName: "followTail"
                text: App.events.follow ? qsTr("Following the newest") : qsTr("Follow the newest")
                iconName: "arrow-down"
                checkedLook: App.events.follow
                Accessible.checked: App.events.follow
                onClicked: App.events.setFollow(!App.events.follow)
            }
            IconButton {
                objectName: "exportLog"
                text: qsTr("Export ...")
                iconName: "save"
                onClicked: exporting.active = true
            }
        }
    }
    Field {
        objectName: "logSearch"
        width: parent.width
        placeholder: qsTr("Search events")
        input.onTextEdited: App.events.setText(text)
    }
    Flow {
        width: parent.width
        spacing: Theme.gapSmall
        Choice {
            objectName: "logRisk"
            implicitHeight: Theme.smallButton
            label: qsTr("Risk")
            options: ["none", "low", "medium", "high"].map(value => ({value: value, text: log.riskWords[value]}))
            value: App.events.risk
            onChosen: value => App.events.setRisk(value)
        }
        Repeater {
            model: App.events.allTypes
            Chip {
                required property string modelData
                readonly property bool on: App.events.types.includes(modelData)
                objectName: "logType_" + modelData
                implicitHeight: Theme.smallButton
                text: modelData
                iconName: on ? "check" : ""
                Accessible.checkable: true
                Accessible.checked: on
                onClicked: App.events.toggleType(modelData)
            }
        }
    }
    Problem { asking: App.reports.asking }
    Rectangle {
        width: parent.width
        height: Theme.px(320)
        radius: Theme.rowRadius
        color: Theme.code
        border.width: list.activeFocus ? Theme.focusWidth : Theme.hairline
        border.color: list.activeFocus ? Theme.focus : Theme.borderLight
        ListView {
            id: list
            objectName: "eventLog"
            anchors.fill: parent
            anchors.margins: Theme.gap
            clip: true
            activeFocusOnTab: true
            boundsBehavior: Flickable.StopAtBounds
            model: App.events
            reuseItems: true
            currentIndex: -1
            keyNavigationEnabled: true
            highlightFollowsCurrentItem: true
            highlightMoveDuration: 0
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Event log, %n event(s) loaded", "", count)
            Basic.ScrollBar.vertical: SlimScrollBar {}

            property int anchor: -1
            property real shift: 0

            function stay() {
                forceLayout()
                positionViewAtIndex(anchor, ListView.Beginning)
                contentY += shift
                anchor = -1
            }

            function atTail() { return contentY + height >= contentHeight + originY - 2 * log.rowHeight }

            onMovementStarted: if (App.events.follow) App.events.setFollow(false)
            onMovementEnded: if (atTail() && App.events.atEnd) App.events.setFollow(true)
            onContentYChanged: more.start()
            onCountChanged: if (App.events.follow) tail.start()
            Keys.onReturnPressed: log.opened = currentIndex
            Keys.onUpPressed: event => { App.events.setFollow(false); event.accepted = false; if (currentIndex < 0) currentIndex = count - 1; else decrementCurrentIndex(); event.accepted = true }
            // Older rows come above what is being read, which stays where it is.
            Connections {
                target: App.events
                function onRowsAboutToBeInserted(parent, first, last) {
                    list.anchor = first === 0 && list.count > 0 ? list.indexAt(0, list.contentY + 1) : -1
                    if (list.anchor >= 0)
                        list.shift = list.contentY - list.itemAtIndex(list.anchor).y
                }
                function onRowsInserted(parent, first, last) {
                    if (log.opened >= first)
                        log.opened += last - first + 1
                    if (list.anchor >= 0) {
                        list.anchor += last - first + 1
                        Qt.callLater(list.stay)  // the list itself hears of the rows after this
                    }
                }
                function onRowsRemoved(parent, first, last) {
                    if (log.opened > last)
                        log.opened -= last - first + 1
                    else if (log.opened >= first)
                        log.opened = -1
                }
                function onModelReset() { log.opened = -1 }
            }
            // After the rows are laid out: in the same turn the end falls short.
            Timer { id: tail; interval: 0; onTriggered: list.positionViewAtEnd() }
            Timer {
                id: more
                interval: 60
                onTriggered: {
                    if (list.contentY - list.originY < list.height)
                        App.events.older()
                    else if (!App.events.follow && list.atTail())
                        App.events.newer()
                }
            }
            WheelHandler { acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad; onWheel: event => { if (event.angleDelta.y > 0) App.events.setFollow(false) } blocking: false }
            delegate: Rectangle {
                id: row
                required property int index
                required property var model
                width: ListView.view ? ListView.view.width : 0
                height: log.rowHeight
                color: ListView.isCurrentItem || log.opened === index ? Theme.selected : Theme.clear
                Accessible.role: Accessible.ListItem
                Accessible.name: [model.time, model.type, model.name, model.module, model.text].filter(part => part).join(" ")
                Text {
                    anchors.fill: parent
                    textFormat: Text.PlainText
                    font: Theme.logFont
                    color: Theme.prose
                    elide: Text.ElideRight
                    verticalAlignment: Text.AlignVCenter
                    leftPadding: type.x + type.width + Theme.gap
                    text: row.model.name + (row.model.module ? " [" + row.model.module + "]" : "") + "  " + row.model.text
                }
                Text {
                    id: time
                    anchors.verticalCenter: parent.verticalCenter
                    textFormat: Text.PlainText
                    font: Theme.logFont
                    color: Theme.alpha(Theme.text, 0.7)
                    text: row.model.time
                }
                Text {
                    id: type
                    anchors.left: time.right
                    anchors.leftMargin: Theme.gap
                    anchors.verticalCenter: parent.verticalCenter
                    width: Theme.px(62)
                    textFormat: Text.PlainText
                    font: Theme.logFont
                    color: log.inkOf(row.model.type, row.model.risk)
                    text: row.model.type
                }
                TapHandler {
                    onTapped: {
                        list.currentIndex = row.index
                        log.opened = log.opened === row.index ? -1 : row.index
                    }
                }
            }
        }
        Note {
            anchors.centerIn: parent
            visible: list.count === 0
            text: qsTr("No event fits.")
        }
    }
    EventDetail {
        width: parent.width
        visible: log.opened >= 0 && log.opened < list.count
        event: visible ? App.events.get(log.opened) : ({})
        onClosed: log.opened = -1
    }
    Loader {
        id: exporting
        active: false
        sourceComponent: FileDialog {
            fileMode: FileDialog.SaveFile
            title: qsTr("Export the event log")
            nameFilters: ["PDF (*.pdf)", "HTML (*.html)", qsTr("Text (*.txt)"), "CSV (*.csv)", "JSON (*.json)"]
            selectedFile: "file:///" + App.reports.suggested("pdf").replace(/^\//, "")
            Component.onCompleted: open()
            onAccepted: { App.events.export(App.reports.plainPath(selectedFile), ["pdf", "html", "txt", "csv", "json"][selectedNameFilter.index] || "pdf"); exporting.active = false }
            onRejected: exporting.active = false
        }
    }
}
