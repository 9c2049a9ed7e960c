/* A QR code of digits, made on the phone: version 1 (21 × 21), correction M, up to 34 digits, mask 0 (ISO/IEC 18004). */
const SIZE = 21, DATA = 16, CHECK = 10;
const FORMAT = 0b101010000010010; // Correction M, mask 0.

const EXP = [], LOG = [];
for (let i = 0, x = 1; i < 255; i += 1) {
  EXP[i] = x; LOG[x] = i;
  x = x & 0x80 ? (x << 1) ^ 0x11d : x << 1;
}
const times = (a, b) => (a && b ? EXP[(LOG[a] + LOG[b]) % 255] : 0);

/* The polynomial with the roots 1, 2, 4 … of the field, highest power first and without its leading 1. */
function generator() {
  let poly = [1];
  for (let i = 0; i < CHECK; i += 1) {
    const next = [...poly, 0];
    poly.forEach((c, place) => { next[place + 1] ^= times(c, EXP[i]); });
    poly = next;
  }
  return poly.slice(1);
}
const GENERATOR = generator();

function checks(data) {
  const rest = new Array(CHECK).fill(0);
  for (const byte of data) {
    const factor = byte ^ rest.shift();
    rest.push(0);
    GENERATOR.forEach((c, place) => { rest[place] ^= times(c, factor); });
  }
  return rest;
}

function codewords(digits) {
  let bits = "0001" + digits.length.toString(2).padStart(10, "0");
  for (const group of digits.match(/.{1,3}/g)) bits += Number(group).toString(2).padStart([4, 7, 10][group.length - 1], "0");
  bits += "0000".slice(0, DATA * 8 - bits.length);
  bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, "0");
  const data = bits.match(/.{8}/g).map((byte) => parseInt(byte, 2));
  for (let pad = 0xec; data.length < DATA; pad ^= 0xec ^ 0x11) data.push(pad);
  return [...data, ...checks(data)];
}

function frame() {
  const grid = Array.from({ length: SIZE }, () => new Array(SIZE).fill(null));
  const finder = (top, left) => {
    for (let r = -1; r <= 7; r += 1) for (let c = -1; c <= 7; c += 1) {
      if (grid[top + r]?.[left + c] === undefined) continue;
      const ring = Math.max(Math.abs(r - 3), Math.abs(c - 3));
      grid[top + r][left + c] = ring !== 2 && ring !== 4;
    }
  };
  finder(0, 0); finder(0, SIZE - 7); finder(SIZE - 7, 0);
  for (let i = 8; i < SIZE - 8; i += 1) grid[6][i] = grid[i][6] = i % 2 === 0;
  for (let i = 0; i < 15; i += 1) {
    const bit = ((FORMAT >> i) & 1) === 1;
    const down = i < 6 ? i : i < 8 ? i + 1 : SIZE - 15 + i;
    const along = i < 8 ? SIZE - 1 - i : i < 9 ? 7 : 14 - i;
    grid[down][8] = bit; grid[8][along] = bit;
  }
  grid[SIZE - 8][8] = true;
  return grid;
}

/* Rows of true (dark) and false. Two columns at a time from the right, up and down, past the timing column. */
export function matrix(digits) {
  const grid = frame(), bits = codewords(digits).map((byte) => byte.toString(2).padStart(8, "0")).join("");
  let place = 0;
  for (let right = SIZE - 1, up = true; right > 0; right -= 2, up = !up) {
    if (right === 6) right = 5;
    for (let step = 0; step < SIZE; step += 1) {
      const row = up ? SIZE - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (grid[row][column] !== null) continue;
        grid[row][column] = (bits[place] === "1") !== ((row + column) % 2 === 0);
        place += 1;
      }
    }
  }
  return grid;
}

/* An image of it, dark on white whatever the theme: scanners expect that. */
export function svg(digits) {
  const dark = matrix(digits).flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x + 4} ${y + 4}h1v1h-1z`] : []))).join("");
  const image = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  image.setAttribute("viewBox", `0 0 ${SIZE + 8} ${SIZE + 8}`);
  image.setAttribute("shape-rendering", "crispEdges");
  const paper = document.createElementNS(image.namespaceURI, "rect");
  for (const [name, value] of [["width", SIZE + 8], ["height", SIZE + 8], ["fill", "#fff"]]) paper.setAttribute(name, value);
  const ink = document.createElementNS(image.namespaceURI, "path");
  ink.setAttribute("d", dark); ink.setAttribute("fill", "#000");
  image.append(paper, ink);
  return image;
}
