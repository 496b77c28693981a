import QtQuick
import "../theme"

/* Text of a model, a file or the engine: never markup, and nothing in it stays invisible. */
Text {
    property string foreign
    property bool oneLine: false

    text: oneLine ? App.desktop.oneLine(foreign) : App.desktop.plain(foreign)
    textFormat: Text.PlainText
    font: Theme.uiFont
    color: Theme.text
    wrapMode: Text.Wrap
    lineHeight: font.pixelSize <= Theme.uiFont.pixelSize && !oneLine ? 1.15 : 1
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
