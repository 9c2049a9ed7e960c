/* The page shown without a network goes away by itself once there is one. */
window.addEventListener("online", () => location.reload());
