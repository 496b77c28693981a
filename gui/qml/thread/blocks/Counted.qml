import QtQuick

/* A model of as many rows as are wanted: items that are there already stay when there become more. */
ListModel {
    id: model

    property int wanted: 0

    function fit() {
        while (count < wanted)
            append({"place": count})
        if (count > wanted)
            remove(wanted, count - wanted)
    }

    onWantedChanged: fit()
    Component.onCompleted: fit()
}
