"""What a reader can see, measured in a browser: text that cannot be read, and targets that cannot be hit."""

from __future__ import annotations

SIZES = [(1280, 800), (860, 680), (1920, 1080)]
# What a reader cannot read: text that is cut off, that lies on other text, that is too small or too pale.
UNREADABLE = """() => {
    const root = document.querySelector('.ok-stepper'), faults = [], lines = []
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    const page = root.getBoundingClientRect()
    const rgb = color => color.match(/[\\d.]+/g).map(Number)
    const linear = part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4
    const light = color => [.2126, .7152, .0722].reduce((sum, weight, k) => sum + weight * linear(color[k] / 255), 0)
    while (walk.nextNode()) {
        const text = walk.currentNode, owner = text.parentElement, style = getComputedStyle(owner)
        if (!text.data.trim() || style.visibility === 'hidden' || !owner.getClientRects().length) continue
        if (parseFloat(style.fontSize) < 11) faults.push('small: ' + text.data)
        let back = owner
        while (back && (rgb(getComputedStyle(back).backgroundColor)[3] ?? 1) < .5) back = back.parentElement
        const under = back ? rgb(getComputedStyle(back).backgroundColor) : [255, 255, 255]
        const [one, other] = [light(rgb(style.color)), light(under)].sort((a, b) => b - a)
        const contrast = (one + .05) / (other + .05)
        if (contrast < 4.5 && !owner.closest(':disabled')) faults.push(`pale ${contrast.toFixed(1)}: ` + text.data)
        const range = document.createRange()
        range.selectNodeContents(text)
        for (const box of range.getClientRects()) {
            if (box.width < 2 || box.height < 2) continue
            if (box.left < page.left - 1 || box.right > page.right + 1) faults.push('outside: ' + text.data)
            for (let each = owner; each !== root; each = each.parentElement) {
                const frame = each.getBoundingClientRect(), clips = getComputedStyle(each).overflow !== 'visible'
                const cut = box.right > frame.right + 1 || box.left < frame.left - 1
                if (clips && cut) faults.push('cut: ' + text.data)
            }
            const bar = owner.className === 'ok-outside' && owner.parentElement.getBoundingClientRect()
            if (bar && box.left < bar.right) faults.push('on its bar: ' + text.data)
            const shape = owner.closest('.ok-bar, .ok-ghost'), sides = shape?.getBoundingClientRect()
            if (shape && !bar && box.right > sides.right + 1) faults.push('beyond its bar: ' + text.data)
            for (const other of shape?.parentElement.querySelectorAll('.ok-bar') ?? []) {
                const its = other.getBoundingClientRect()
                const on = box.left < its.right - 1 && box.right > its.left + 1
                if (on && other !== shape) faults.push('on a bar: ' + text.data)
            }
            lines.push({ text, owner, box })
        }
    }
    lines.sort((a, b) => a.box.top - b.box.top)
    lines.forEach((a, k) => {
        for (const b of lines.slice(k + 1)) {
            if (b.box.top > a.box.bottom - 3) break
            if (a.text === b.text || [a, b].some(each => each.owner.closest('.ok-sheet'))) continue
            const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left)
            const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top)
            if (wide > 1.5 && high > 4) faults.push(`overlap: ${a.text.data} | ${b.text.data}`)
        }
    })
    return [...new Set(faults)].slice(0, 12)
}"""
SMALL_TARGETS = """() => [...document.querySelectorAll('.ok-stepper :is(button, input)')]
    .filter(each => each.getClientRects().length)
    .map(each => [each.textContent || each.ariaLabel, each.getBoundingClientRect()])
    .filter(([, box]) => box.width < 28 || box.height < 28).map(([name]) => name)"""
