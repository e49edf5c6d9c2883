/* Turns <div data-map data-points-url data-world-url> into a map without tiles: borders from a file, points as GeoJSON. */
"use strict";

(() => {
  const text = (tag, content) => {
    const element = document.createElement(tag);
    element.textContent = content;
    return element;
  };
  const popup = ({ label, url, note }) => {
    const box = document.createElement("div");
    const title = text(url ? "a" : "b", label);
    if (url) title.href = url;
    box.append(title);
    if (note) box.append(document.createElement("br"), note);
    return box;
  };
  const fetchJson = async (url) => {
    const response = await fetch(url, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  };
  /* Leaflet styles by attributes; classes let the theme decide. */
  const landStyle = { className: "land", weight: 0.8, color: null, fillColor: null, fillOpacity: 1, interactive: false };

  const point = (feature, where) => {
    const radius = 5 + Math.min(9, Math.sqrt(feature.properties.size || 1));
    const marker = L.circleMarker(where, { radius, weight: 1.5, className: "point", color: null, fillColor: null });
    marker.bindPopup(popup(feature.properties));
    marker.on("add", () => {
      const path = marker.getElement();
      if (!path) return;
      path.setAttribute("tabindex", "0");
      path.setAttribute("role", "button");
      path.setAttribute("aria-label", feature.properties.label);
      path.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        marker.openPopup();
      });
    });
    return marker;
  };

  const draw = async (place) => {
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const map = L.map(place, {
      attributionControl: false, zoomControl: false, scrollWheelZoom: false, worldCopyJump: true,
      zoomAnimation: !isStill, fadeAnimation: !isStill, markerZoomAnimation: !isStill, minZoom: 2, maxZoom: 9,
    }).setView([50, 12], 4);
    L.control.zoom({ zoomInTitle: place.dataset.zoomIn, zoomOutTitle: place.dataset.zoomOut }).addTo(map);
    const [world, points] = await Promise.all([fetchJson(place.dataset.worldUrl), fetchJson(place.dataset.pointsUrl)]);
    L.geoJSON(world, { style: landStyle, interactive: false }).addTo(map);
    const layer = L.geoJSON(points, { pointToLayer: point }).addTo(map);
    const bounds = layer.getBounds();
    if (bounds.isValid()) map.fitBounds(bounds.pad(0.15), { maxZoom: 7, animate: false });
  };

  document.querySelectorAll("[data-map]").forEach((place) => {
    draw(place).catch(() => { place.hidden = true; });
  });
})();
