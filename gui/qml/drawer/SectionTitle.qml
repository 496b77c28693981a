import QtQuick
import "../theme"
import "../controls"

/* The heading of a part of a page. */
Words {
    topPadding: Theme.gap
    font: Theme.fontOf(14, 600)
    Accessible.role: Accessible.Heading
}
