import QtQuick
import "../theme"
import "../controls"

/* Small explaining words. */
Words {
    font: Theme.captionFont
    color: Theme.alpha(Theme.text, 0.7)
    wrapMode: Text.Wrap
}
