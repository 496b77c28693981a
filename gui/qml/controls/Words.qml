import QtQuick
import "../theme"

/* Plain words of the window itself, never interpreted as markup. */
Text {
    textFormat: Text.PlainText
    font: Theme.uiFont
    color: Theme.text
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
