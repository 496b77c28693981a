import QtQuick
import "../theme"

/* A card of the program: an approval, a question, a run, a file, an error. */
Item {
    id: card

    required property Item row
    readonly property string name: {
        switch (row.kind) {
        case "run": return "RunTimeline"
        case "artifact": return "ArtifactCard"
        case "error": return "ErrorCard"
        }
        switch (row.content.kind) {
        case "questions":
        case "purpose": return "QuestionCard"
        case "hold": return "HoldCard"
        case "web": return "LookUpCard"
        case "consent": return "DownloadCard"
        default: return "ApprovalCard"
        }
    }

    implicitHeight: Theme.gapLarge + body.height
    Loader {
        id: body
        y: Theme.gapLarge
        width: parent.width
        height: item ? item.implicitHeight : 0
        onLoaded: {
            item.content = Qt.binding(() => card.row.content)
            item.rowKey = Qt.binding(() => card.row.rowKey)
        }
        Component.onCompleted: setSource("../cards/" + card.name + ".qml", {"content": card.row.content, "rowKey": card.row.rowKey})
    }
}
