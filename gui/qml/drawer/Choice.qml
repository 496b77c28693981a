import QtQuick
import "../theme"
import "../controls"

/* One of several, chosen from a menu: `options` is a list of {value, text}. */
PillButton {
    id: choice

    property var options: []
    property string value
    property string label
    signal chosen(string value)
    readonly property var current: options.find(item => item.value === value) || {value: "", text: value}

    text: current.text
    iconName: "chevron-down"
    Accessible.name: label ? label + ": " + text : text
    Accessible.role: Accessible.ButtonDropDown
    onClicked: menu.popup(choice, 0, choice.height + Theme.gapSmall)
    PopupMenu {
        id: menu
        Instantiator {
            model: choice.options
            delegate: MenuEntry {
                required property var modelData
                text: modelData.text
                tickRoom: true
                ticked: modelData.value === choice.value
                onTriggered: choice.chosen(modelData.value)
            }
            onObjectAdded: (index, object) => menu.insertItem(index, object)
            onObjectRemoved: (index, object) => menu.removeItem(object)
        }
    }
}
