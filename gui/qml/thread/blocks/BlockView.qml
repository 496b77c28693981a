import QtQuick
import "../../theme"

/*
    One block of a message, whatever it is. `viewport` is the item that shows a part of a long page, and `moved` anything
    that changes when the page moves in it; without them long code is laid out whole and its header stays at its top.
*/
Item {
    id: view

    property var block: ({})
    property bool streaming: false
    property Item viewport: null
    property var moved: 0
    readonly property string type: block && block.type ? block.type : ""
    readonly property real indent: Math.min((block && block.depth ? block.depth : 0) * Theme.px(26), width / 2)
    /* Where what was written last ends: behind its last word, or under what is no prose. */
    readonly property point tail: ["heading", "paragraph", "list", "quote"].includes(type) && shown.item
        ? Qt.point(shown.x + shown.item.tail.x, shown.item.tail.y) : Qt.point(0, height + Theme.gapLarge)
    signal linkActivated(string url)
    signal saveRequested(string code, string language)
    signal openRequested(string code, string language)

    implicitHeight: shown.height

    Loader {
        id: shown
        readonly property bool list: view.type === "list"
        x: list ? 0 : view.indent
        width: view.width - x
        height: item ? item.implicitHeight : 0
        sourceComponent: {
            switch (view.type) {
            case "heading":
            case "paragraph":
            case "list": return prose
            case "code": return code
            case "table": return table
            case "quote": return quote
            case "rule": return rule
            case "math": return math
            default: return null
            }
        }
    }
    Component {
        id: prose
        Prose {
            block: view.block
            streaming: view.streaming
            onLinkActivated: url => view.linkActivated(url)
        }
    }
    Component {
        id: code
        CodeBlock {
            block: view.block
            streaming: view.streaming
            viewport: view.viewport
            moved: view.moved
            onSaveRequested: (code, language) => view.saveRequested(code, language)
            onOpenRequested: (code, language) => view.openRequested(code, language)
        }
    }
    Component {
        id: table
        TableBlock {
            block: view.block
            onLinkActivated: url => view.linkActivated(url)
        }
    }
    Component {
        id: quote
        QuoteBlock {
            block: view.block
            streaming: view.streaming
            viewport: view.viewport
            moved: view.moved
            onLinkActivated: url => view.linkActivated(url)
            onSaveRequested: (code, language) => view.saveRequested(code, language)
            onOpenRequested: (code, language) => view.openRequested(code, language)
        }
    }
    Component {
        id: rule
        RuleBlock {}
    }
    Component {
        id: math
        MathBlock { block: view.block }
    }
}
