import QtQuick
import QtQuick.Dialogs
import "../theme"
import "../controls"

/* Writes a report, and lists those that were written. */
PageColumn {
    id: page

    property string format: "pdf"
    property string period: "month"
    property string risk: "none"

    objectName: "reportsPage"
    Component.onCompleted: App.reports.load()

    function write(path) {
        App.reports.write(path, format, {period: period, risk: risk, project: project.text.trim(), overwrite: true})
    }

    Problem { asking: App.reports.asking }
    Segmented {
        objectName: "reportFormat"
        options: App.reports.formats.map(value => ({value: value, text: value.toUpperCase()}))
        value: page.format
        onChosen: value => page.format = value
    }
    Flow {
        width: parent.width
        spacing: Theme.gap
        Choice {
            objectName: "reportPeriod"
            label: qsTr("Period")
            options: [
                {value: "day", text: qsTr("Last day")}, {value: "week", text: qsTr("Last 7 days")},
                {value: "month", text: qsTr("Last 30 days")}, {value: "year", text: qsTr("Last year")},
                {value: "all", text: qsTr("Everything")},
            ]
            value: page.period
            onChosen: value => page.period = value
        }
        Choice {
            objectName: "reportRisk"
            label: qsTr("Events")
            options: [
                {value: "none", text: qsTr("All events")}, {value: "low", text: qsTr("Low risk and up")},
                {value: "medium", text: qsTr("Medium and up")}, {value: "high", text: qsTr("High only")},
            ]
            value: page.risk
            onChosen: value => page.risk = value
        }
    }
    Field {
        id: project
        objectName: "reportProject"
        width: parent.width
        label: qsTr("Program (empty for all)")
    }
    PillButton {
        objectName: "writeReport"
        kind: "primary"
        iconName: "save"
        enabled: !App.reports.writing
        text: App.reports.writing ? qsTr("Writing ...") : qsTr("Write report ...")
        onClicked: choosing.active = true
    }
    Loader {
        id: choosing
        active: false
        sourceComponent: FileDialog {
            fileMode: FileDialog.SaveFile
            title: qsTr("Write report")
            defaultSuffix: page.format
            nameFilters: [page.format.toUpperCase() + " (*." + page.format + ")"]
            selectedFile: "file:///" + App.reports.suggested(page.format).replace(/^\//, "")
            Component.onCompleted: open()
            onAccepted: { page.write(App.reports.plainPath(selectedFile)); choosing.active = false }
            onRejected: choosing.active = false
        }
    }
    SectionTitle { text: qsTr("Written reports") }
    Note { visible: App.reports.count === 0; text: qsTr("None yet.") }
    Repeater {
        model: App.reports
        Item {
            id: row
            required property var model
            width: parent ? parent.width : 0
            height: Theme.px(52)
            Accessible.role: Accessible.ListItem
            Accessible.name: model.name + ", " + model.when
            Column {
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - actions.width - Theme.gap
                Words { width: parent.width; text: row.model.name; elide: Text.ElideMiddle; Accessible.ignored: true }
                Note { width: parent.width; text: row.model.missing ? qsTr("%1 · not there any more").arg(row.model.when) : row.model.when; Accessible.ignored: true }
            }
            Row {
                id: actions
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                visible: !row.model.missing
                IconButton { objectName: "openReport"; text: qsTr("Open %1").arg(row.model.name); iconName: "open"; onClicked: App.desktop.openFile(row.model.path) }
                IconButton { text: qsTr("Open the folder of %1").arg(row.model.name); iconName: "folder"; onClicked: App.desktop.openFolder(row.model.path) }
            }
            Rectangle { anchors.bottom: parent.bottom; width: parent.width; height: Theme.hairline; color: Theme.borderLight }
        }
    }
    SectionTitle { text: qsTr("By themselves") }
    Problem { asking: App.engineSettings.asking }
    Column {
        width: parent.width
        Repeater {
            model: App.engineSettings
            EngineSetting { visible: model.group === "reports" }
        }
    }
}
