import QtQuick
import "../theme"

/* Something works and nobody knows how long. */
Icon {
    id: spinner

    property bool running: true

    name: "spinner"
    size: Theme.iconTiny
    colour: Theme.iconSecondary
    RotationAnimator on rotation {
        from: 0
        to: 360
        duration: 1000
        loops: Animation.Infinite
        running: spinner.running && spinner.visible && !Theme.reduceMotion
    }
}
