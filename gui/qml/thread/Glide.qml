import QtQuick
import "../theme"

/* Moves the thread by the notches of a wheel: smoothly, and to the same place as without the motion. */
QtObject {
    id: glide

    required property var view
    property real travelled: 0
    property real told: 0
    property real goal: 0

    function by(distance) {
        if (Theme.reduceMotion) {
            view.moveTo(view.position + distance)
            return
        }
        if (!motion.running || (goal - travelled) * distance < 0)
            goal = travelled
        goal += distance
        motion.from = travelled
        motion.to = goal
        motion.restart()
    }

    function stop() {
        motion.stop()
    }

    readonly property NumberAnimation motion: NumberAnimation {
        target: glide
        property: "travelled"
        duration: Theme.fast
        easing.type: Easing.OutQuad
    }

    onTravelledChanged: {
        const distance = travelled - told
        told = travelled
        view.moveTo(view.position + distance)
    }
}
