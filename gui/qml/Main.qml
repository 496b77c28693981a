import QtQuick
import QtQuick.Controls.Basic as Basic
import "theme"
import "controls"

Basic.ApplicationWindow {
    id: window

    width: 1280
    height: 800
    minimumWidth: 480
    minimumHeight: 480
    visible: true
    title: "MultiCoder"
    color: Theme.page

    Toasts {
        anchors.top: parent.top
        anchors.topMargin: Theme.padding
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(parent.width - 2 * Theme.padding, Theme.px(640))
        z: 10
    }
}
