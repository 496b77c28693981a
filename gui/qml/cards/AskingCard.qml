import QtQuick
import "../theme"

/* A card that asks: it is answered once and then says how; what the conversation did not take may be answered anew. */
CardFrame {
    id: asking

    required property var content
    required property string rowKey

    readonly property var card: content.card || ({})
    readonly property bool answerable: content.state === "open" && !sent
    property bool sent: false
    default property alias parts: column.data

    function reply(decision, text, answers) {
        if (!answerable)
            return
        keepKeys()
        sent = true
        App.conversation.answer(rowKey, decision, text || "", answers || {})
    }

    frozen: content.state === "answered" || content.state === "gone"
    onRowKeyChanged: sent = false
    onContentChanged: if (content.state !== "open") sent = false

    Column {
        id: column
        width: parent.width
        spacing: Theme.gapLarge
    }
    Timer {
        running: asking.sent && asking.content.state === "open"
        interval: 4000
        onTriggered: asking.sent = false
    }
    AnswerLine {
        standing: asking.sent ? "sent" : asking.content.state || "open"
        decision: asking.content.decision || ""
        via: asking.content.via || ""
        at: asking.content.at
    }
}
