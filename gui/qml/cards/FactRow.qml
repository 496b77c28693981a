import QtQuick
import "../theme"
import "../controls"

/* A name and what it is; empty ones are not shown. */
Item {
    id: fact

    property string label
    property string value
    property bool mono: false

    width: parent ? parent.width : 0
    height: visible ? Math.max(name.height, text.height) : 0
    visible: value !== ""
    Words {
        id: name
        width: Math.min(Theme.px(132), fact.width * 0.34)
        text: fact.label
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
    HonestText {
        id: text
        x: name.width + Theme.gapLarge
        width: fact.width - x
        foreign: fact.value
        font: fact.mono ? Theme.logFont : Theme.uiFont
        wrapMode: fact.mono ? Text.WrapAnywhere : Text.Wrap
    }
}
