import QtQuick
import "../theme"
import "../controls"

/* What failed, what was tried, what may be done next. */
CardFrame {
    id: failure

    required property var content
    required property string rowKey
    property bool details: false

    function retry() {
        App.conversation.resume()
    }

    objectName: "errorCard"
    stripe: Theme.red
    ink: Theme.errorInk
    iconName: "alert"
    word: qsTr("Something failed")
    title: content.what || ""

    HonestText {
        visible: foreign !== ""
        width: parent.width
        foreign: failure.content.did || ""
    }
    HonestText {
        visible: foreign !== ""
        width: parent.width
        foreign: failure.content.next || ""
        color: Theme.textSecondary
    }
    FactRow {
        visible: failure.details && value !== ""
        label: qsTr("Kind")
        value: failure.content.kind || ""
        mono: true
    }
    HonestText {
        visible: failure.details && foreign !== ""
        width: parent.width
        foreign: failure.content.detail || ""
        font: Theme.logFont
    }
    Flow {
        width: parent.width
        spacing: Theme.gap
        PillButton {
            objectName: "retryButton"
            visible: !!failure.content.retry
            kind: "primary"
            iconName: "retry"
            text: qsTr("Retry")
            onClicked: failure.retry()
        }
        PlaceButton {
            objectName: "errorPlace"
            code: failure.content.kind || ""
            onWanted: tab => failure.openDrawer(tab)
        }
        PillButton {
            visible: !!(failure.content.kind || failure.content.detail)
            kind: "ghost"
            text: failure.details ? qsTr("Hide details") : qsTr("Details")
            onClicked: failure.details = !failure.details
        }
    }
}
