import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* One setting of the engine with the control its kind needs; the engine checks what is entered. */
SettingRow {
    id: setting

    required property var model
    readonly property bool many: model.choices.length > 3
    readonly property var words: ({
        "off": qsTr("Off"), "watch": qsTr("Watch"), "strict": qsTr("Strict"), "never": qsTr("Never"),
        "day": qsTr("Daily"), "week": qsTr("Weekly"), "month": qsTr("Monthly"),
        "auto": qsTr("Automatic"), "en": "English", "ru": "Русский",
    })
    readonly property var options: model.choices.map(value => ({value: value, text: words[value] || value}))

    objectName: "setting_" + model.key
    label: model.title
    help: model.help
    below: model.kind === "str" && model.choices.length === 0

    Loader {
        sourceComponent: setting.model.kind === "bool" ? switched
            : setting.many ? menu : setting.model.choices.length ? segments : typed
    }
    Component {
        id: switched
        Toggle {
            text: setting.model.title
            checked: setting.model.value === true
            onToggled: App.engineSettings.change_to(setting.model.key, checked)
        }
    }
    Component {
        id: segments
        Segmented {
            options: setting.options
            value: String(setting.model.value)
            onChosen: value => App.engineSettings.change_to(setting.model.key, value)
        }
    }
    Component {
        id: menu
        Choice {
            label: setting.model.title
            options: setting.options
            value: String(setting.model.value)
            onChosen: value => App.engineSettings.change_to(setting.model.key, value)
        }
    }
    Component {
        id: typed
        Field {
            id: field
            width: setting.below ? setting.width : Theme.px(120)
            text: String(setting.model.value)
            input.Accessible.name: setting.model.title
            input.horizontalAlignment: setting.below ? TextInput.AlignLeft : TextInput.AlignRight
            input.onEditingFinished: App.engineSettings.change_to(setting.model.key, text)
            Connections {
                target: App.engineSettings.asking
                function onChanged() {
                    if (App.engineSettings.asking.problem !== "")
                        field.text = Qt.binding(() => String(setting.model.value))
                }
            }
        }
    }
}
