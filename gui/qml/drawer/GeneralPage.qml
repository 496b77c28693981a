import QtQuick
import "../theme"
import "../controls"

/* How the window looks and behaves. */
PageColumn {
    id: page

    readonly property var preferences: App.preferences

    objectName: "generalPage"
    column.spacing: 0
    Problem { asking: App.engineSettings.asking }
    SettingRow {
        label: qsTr("Theme")
        below: true
        Segmented {
            objectName: "themeChoice"
            options: [
                {value: "system", text: qsTr("System")}, {value: "light", text: qsTr("Light")},
                {value: "dark", text: qsTr("Dark")}, {value: "black", text: qsTr("Black")},
            ]
            value: page.preferences.theme
            onChosen: value => page.preferences.put("theme", value)
        }
    }
    Repeater {
        model: App.engineSettings
        EngineSetting { visible: model.group === "general" }
    }
    SettingRow {
        label: qsTr("Text size")
        help: qsTr("%1 %").arg(page.preferences.zoom)
        Row {
            spacing: Theme.gapSmall
            PillButton { objectName: "zoomLess"; text: "−"; Accessible.name: qsTr("Smaller"); enabled: page.preferences.zoom > 80; onClicked: page.preferences.zoom_by(-1) }
            PillButton { objectName: "zoomReset"; text: "100 %"; onClicked: page.preferences.zoom_by(0) }
            PillButton { objectName: "zoomMore"; text: "+"; Accessible.name: qsTr("Larger"); enabled: page.preferences.zoom < 200; onClicked: page.preferences.zoom_by(1) }
        }
    }
    SettingRow {
        label: qsTr("Reduce motion")
        help: qsTr("Nothing slides, fades or pulses.")
        Toggle { objectName: "reduceMotion"; text: qsTr("Reduce motion"); checked: page.preferences.reduceMotion; onToggled: page.preferences.put("reduceMotion", checked) }
    }
    SettingRow {
        label: qsTr("High contrast")
        Toggle { objectName: "highContrast"; text: qsTr("High contrast"); checked: page.preferences.highContrast; onToggled: page.preferences.put("highContrast", checked) }
    }
    SettingRow {
        label: qsTr("Send with")
        help: page.preferences.sendWithCtrl ? qsTr("Enter begins a new line.") : qsTr("Shift+Enter begins a new line.")
        Segmented {
            objectName: "sendKey"
            options: [{value: "enter", text: "Enter"}, {value: "ctrl", text: "Ctrl+Enter"}]
            value: page.preferences.sendWithCtrl ? "ctrl" : "enter"
            onChosen: value => page.preferences.put("sendWithCtrl", value === "ctrl")
        }
    }
    SettingRow {
        label: qsTr("Notifications")
        help: qsTr("Tell through the system when something is ready, waits for you or fails while this window is not in front.")
        Toggle { objectName: "notify"; text: qsTr("Notifications"); checked: page.preferences.notify; onToggled: page.preferences.put("notify", checked) }
    }
    SettingRow {
        label: qsTr("When the window is closed")
        help: qsTr("Whether running work goes on in the background.")
        below: true
        Segmented {
            objectName: "closing"
            options: [{value: "", text: qsTr("Ask")}, {value: "yes", text: qsTr("Work on")}, {value: "no", text: qsTr("Quit")}]
            value: page.preferences.closeKeepsWorking || ""
            onChosen: value => page.preferences.put("closeKeepsWorking", value)
        }
    }
}
