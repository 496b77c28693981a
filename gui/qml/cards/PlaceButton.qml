import QtQuick
import "../controls"

/* The page of the drawer on which the cause of an error (`code`) can be put right; hidden when there is none. */
PillButton {
    id: button

    property string code
    readonly property bool answered: /^provider-/.test(code)
    readonly property bool lacking: /^(no-(provider|model|key)$|(bad|unknown)-(provider|preset|url|key)|keyring-|vault-)/.test(code)
    readonly property bool board: /^(runner-|toolchain-|interpreter-|storage$|disk-)/.test(code)
    signal wanted(string tab)

    visible: answered || lacking || board
    text: board ? qsTr("System board") : lacking ? qsTr("Providers and keys") : qsTr("Other model")
    onClicked: wanted(board ? "system" : "providers")
}
