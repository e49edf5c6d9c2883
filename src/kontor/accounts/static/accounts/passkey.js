// Says in words when a passkey did not work: allauth itself only writes to the console.
(function () {
  'use strict'
  document.addEventListener('allauth.error', function (event) {
    const place = document.querySelector('[data-passkey-problem]')
    if (!place) return
    event.preventDefault()
    place.hidden = false
    place.focus()
  })
})()
