import QtQuick

/* The colours of one appearance. */
QtObject {
    property color page
    property color sidebar
    property color raised
    property color secondary
    property color tertiary
    property color bubble
    property color text
    property color prose
    property color textSecondary
    property color textTertiary
    property color icon
    property color iconSecondary
    property color iconTertiary
    property color borderLight
    property color border
    property color borderHeavy
    property color separator
    property color hover
    property color press
    property color selected
    property color primary
    property color primaryInk
    property color send
    property color sendInk
    property color sendDisabled
    property color link
    property color linkHover
    property color scrollbar
    property color scrollbarHover
    property color focus
    property color tooltip
    property color tooltipInk
    property color warning
    property color warningBorder
    property color warningInk
    property color error
    property color errorBorder
    property color errorInk
    property color green
    property color yellow
    property color red
    property color pill
    property color code
    property color inlineCode
    property var syntax
}
