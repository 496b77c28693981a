import QtQuick
import "../theme"
import "../controls"

/* A name and what it is, beside each other or, when there is no room, below; empty ones are not shown. */
Item {
    id: fact

    property string label
    property string value
    property bool mono: false
    readonly property bool stacked: width < Theme.px(330)

    width: parent ? parent.width : 0
    height: !visible ? 0 : stacked ? text.y + text.height : Math.max(name.height, text.height)
    visible: value !== ""
    Words {
        id: name
        width: fact.stacked ? fact.width : Math.min(Theme.px(132), fact.width * 0.34)
        text: fact.label
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
    HonestText {
        id: text
        x: fact.stacked ? 0 : name.width + Theme.gapLarge
        y: fact.stacked ? name.height : 0
        width: fact.width - x
        foreign: fact.value
        font: fact.mono ? Theme.logFont : Theme.uiFont
        wrapMode: fact.mono ? Text.WrapAnywhere : Text.Wrap
    }
}
