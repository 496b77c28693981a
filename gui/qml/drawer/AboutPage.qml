import QtQuick
import "../theme"
import "../controls"

/* What runs here, where its data lies, and what was put right at the start. */
PageColumn {
    id: page

    readonly property var about: App.about

    objectName: "aboutPage"
    Component.onCompleted: about.load()

    Problem { asking: page.about.asking }
    Column {
        width: parent.width
        SettingRow { label: qsTr("Window"); Words { text: App.version } }
        SettingRow {
            label: qsTr("Engine")
            help: App.link.state === "ready" && page.about.started ? qsTr("process %1, started %2, %n client(s)", "", page.about.clients).arg(page.about.process).arg(page.about.started) : App.link.problem
            Words { text: page.about.engineVersion || qsTr("not reached") }
        }
        SettingRow {
            label: qsTr("Data folder")
            help: page.about.home
            PillButton {
                objectName: "openHome"
                text: qsTr("Open")
                enabled: page.about.home !== ""
                onClicked: App.desktop.openFolder(page.about.home)
            }
        }
    }
    Column {
        width: parent.width
        spacing: Theme.gapSmall
        visible: page.about.recovered.length > 0
        SectionTitle { text: qsTr("Put right at the start") }
        Repeater {
            model: page.about.recovered
            Words {
                required property string modelData
                objectName: "recoveredLine"
                width: parent ? parent.width : 0
                text: modelData
                font: Theme.captionFont
                wrapMode: Text.Wrap
            }
        }
    }
    SectionTitle { text: qsTr("Keeping") }
    Problem { asking: App.engineSettings.asking }
    Column {
        width: parent.width
        Repeater {
            model: App.engineSettings
            EngineSetting { visible: model.group === "keeping" }
        }
    }
    PillButton {
        objectName: "stopEngine"
        text: qsTr("Stop the engine")
        iconName: "stop"
        onClicked: confirm.open()
    }
    SectionTitle { text: qsTr("Notices") }
    Note {
        width: parent.width
        text: qsTr("The window is made with Qt through PySide6 (LGPL 3). The bundled typeface Inter is under the SIL Open Font License 1.1. The icons are MultiCoder's own.")
    }
    PillButton {
        objectName: "showNotices"
        text: notices.visible ? qsTr("Hide the notices") : qsTr("Show all notices")
        onClicked: notices.visible = !notices.visible
    }
    TextEdit {
        id: notices
        objectName: "notices"
        visible: false
        width: parent.width
        readOnly: true
        selectByMouse: true
        activeFocusOnTab: true
        textFormat: TextEdit.PlainText
        wrapMode: TextEdit.Wrap
        font: Theme.captionFont
        color: Theme.prose
        selectionColor: Theme.selection
        selectedTextColor: Theme.text
        text: visible ? page.about.notices : ""
        Accessible.role: Accessible.StaticText
        Accessible.name: qsTr("Notices")
        Accessible.description: text
    }
    Dialog {
        id: confirm
        title: qsTr("Stop the engine?")
        widest: Theme.px(420)
        Words {
            width: parent.width
            wrapMode: Text.Wrap
            text: App.tasks.running > 0
                ? qsTr("%n task(s) are running. They stop at a safe place and go on when the engine starts again.", "", App.tasks.running)
                : qsTr("It starts again when it is needed.")
        }
        actions: [
            PillButton { text: qsTr("Cancel"); onClicked: confirm.close() },
            PillButton { objectName: "confirmStop"; text: qsTr("Stop"); kind: "danger"; onClicked: { confirm.close(); page.about.stopEngine() } }
        ]
    }
}
